# Writing to the console is all that it is allowed; not even its other commands.
attack_not_permitted_TBF := --permission 1:1
