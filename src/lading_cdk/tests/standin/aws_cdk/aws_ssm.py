from aws_cdk import CfnResource


class CfnParameter(CfnResource):
    def __init__(self, scope, id, *, name, type, tier, description, value):
        super().__init__(scope, id, type="AWS::SSM::Parameter")
        self.name, self.value = name, value
