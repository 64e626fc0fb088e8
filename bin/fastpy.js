#!/usr/bin/env node
import { launch } from './launch.js';

launch(new URL('./client/cli.js', import.meta.url));
