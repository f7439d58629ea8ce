package lunora.bridge.build;

import org.teavm.model.BasicBlock;
import org.teavm.model.ClassHierarchy;
import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.ElementModifier;
import org.teavm.model.MethodHolder;
import org.teavm.model.Program;
import org.teavm.model.instructions.IntegerConstantInstruction;

/**
 * Keeps the compiler from inlining the constructors of exceptions.
 *
 * <p>A stack is recorded inside {@code Throwable}'s constructor. Were the constructors inlined into
 * the method that throws, the one position which the source map has for that frame would be a line
 * of the constructor, and the line of the {@code throw} would be in no log.
 *
 * <p>TeaVM 0.15.0 has no annotation for this. It never inlines what is longer than its threshold of
 * 100 instructions, and it removes unused constants only afterwards; hence the padding.
 */
public final class ThrowableFrames implements ClassHolderTransformer {

  private static final int PADDING_INSTRUCTIONS = 101;

  @Override
  public void transformClass(ClassHolder cls, ClassHolderTransformerContext context) {
    if (!isThrowable(cls.getName(), context.getHierarchy())) {
      return;
    }
    for (MethodHolder method : cls.getMethods()) {
      Program program = method.getProgram();
      if (method.getName().equals("<init>")
          && !method.hasModifier(ElementModifier.ABSTRACT)
          && program != null
          && program.basicBlockCount() > 0) {
        pad(program);
      }
    }
  }

  private static boolean isThrowable(String className, ClassHierarchy hierarchy) {
    return hierarchy.isSuperType("java.lang.Throwable", className, false);
  }

  private static void pad(Program program) {
    BasicBlock entry = program.basicBlockAt(0);
    for (int i = 0; i < PADDING_INSTRUCTIONS; i++) {
      IntegerConstantInstruction unused = new IntegerConstantInstruction();
      unused.setReceiver(program.createVariable());
      entry.addFirst(unused);
    }
  }
}
