#!/usr/bin/env node
"use strict";
// CDK_DOCKER takes a program and no arguments: this is the one that answers in Docker's place.
require("../lib/start").start(["docker"]);
