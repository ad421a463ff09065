class AccountPrincipal:
    def __init__(self, account):
        self.arn = f"arn:${{Ref:AWS::Partition}}:iam::{account}:root"


class AnyPrincipal:
    arn = "*"


class PolicyStatement:
    def __init__(self, *, sid, principals, actions, conditions=None):
        self._sid, self._principals, self._actions, self._conditions = sid, principals, actions, conditions

    def render(self):
        arns = [each.arn for each in self._principals]
        return {
            "Sid": self._sid,
            "Effect": "Allow",
            "Action": list(self._actions),
            "Principal": {"AWS": arns if len(arns) > 1 else arns[0]},
            "Condition": self._conditions,
        }
