class AccountPrincipal:
    def __init__(self, account):
        self.account = account


class AnyPrincipal:
    pass


class PolicyStatement:
    def __init__(self, **props):
        self.props = props
