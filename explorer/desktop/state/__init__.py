"""How is the state at the playhead shown, narrowed, grouped and watched?"""
