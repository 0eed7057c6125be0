"""How is the state told: as rows, narrowed, grouped, compared and watched?"""
