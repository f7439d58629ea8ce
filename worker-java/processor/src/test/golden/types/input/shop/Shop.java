package shop;

import lunora.api.App;

@App
public interface Shop {}
