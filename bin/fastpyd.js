#!/usr/bin/env node
import { launch } from './launch.js';

launch(new URL('./src/main.js', import.meta.url));
