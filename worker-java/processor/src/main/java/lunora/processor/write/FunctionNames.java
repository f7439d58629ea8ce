package lunora.processor.write;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import lunora.processor.model.FieldModel;
import lunora.processor.model.FunctionModel;
import lunora.processor.model.FunctionsModel;

/** The names that the functions of one class have in the generated one. */
final class FunctionNames {

  /** Methods of Object that a static method of no parameters cannot hide. */
  private static final Set<String> OBJECT_METHODS =
      Set.of(
          "clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

  private final ConstantNames constants = new ConstantNames();
  private final Map<FunctionModel, String> descriptors = new HashMap<>();
  private final Map<FunctionModel, String> factories = new HashMap<>();
  private final Map<FunctionModel, Map<String, String>> params = new HashMap<>();

  FunctionNames(FunctionsModel functions, String module) {
    constants.reserve(module);
    constants.reserve(functions.name().outermost());
    for (FunctionModel function : functions.functions()) {
      constants.reserveEnums(function.result());
      function.params().forEach(param -> constants.reserveEnums(param.type()));
    }
    for (FunctionModel function : functions.functions()) {
      descriptors.put(function, constants.claim(function.name(), "_FUNCTION"));
    }
    for (FunctionModel function : functions.functions()) {
      Map<String, String> names = new HashMap<>();
      for (FieldModel param : function.params()) {
        String name = function.name() + "_" + param.name();
        names.put(param.name(), constants.claim(name, "_PARAM"));
      }
      params.put(function, names);
    }
    nameFactories(functions);
  }

  private void nameFactories(FunctionsModel functions) {
    Set<String> taken = new HashSet<>(OBJECT_METHODS);
    for (FunctionModel function : functions.functions()) {
      taken.add(function.name());
    }
    for (FunctionModel function : functions.functions()) {
      String name = function.name();
      if (OBJECT_METHODS.contains(name)) {
        do {
          name += "Call";
        } while (!taken.add(name));
      }
      factories.put(function, name);
    }
  }

  /** The constant with the descriptor; {@code SEND}. */
  String descriptor(FunctionModel function) {
    return descriptors.getOrDefault(function, "");
  }

  /** The method that makes a call; {@code send}. */
  String factory(FunctionModel function) {
    return factories.getOrDefault(function, "");
  }

  /** The constant with a parameter; {@code SEND_CHANNEL}. */
  String param(FunctionModel function, FieldModel param) {
    return params.getOrDefault(function, Map.of()).getOrDefault(param.name(), "");
  }

  /**
   * The parameter of the factory: its own name unless that would hide what the body names.
   *
   * @param callType the class of the call as the body names it
   */
  String argument(FieldModel param, String callType) {
    String name = param.name();
    while (constants.isTaken(name) || (callType + ".").startsWith(name + ".")) {
      name += "_";
    }
    return name;
  }
}
