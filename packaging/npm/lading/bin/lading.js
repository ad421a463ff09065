#!/usr/bin/env node
"use strict";
require("../lib/start").start([]);
