#!/usr/bin/env node
"use strict";
// CDK_DOCKER takes a program without arguments: this is the one that the CDK runs instead of Docker.
require("../lib/start").start(["docker"]);
