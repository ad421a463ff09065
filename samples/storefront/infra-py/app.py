import os

from aws_cdk import App, Environment

from storefront_stack import StorefrontStack

app = App()

# With `-c images=assembled` the stack has only the services that need no container engine.
only_assembled = app.node.try_get_context("images") == "assembled"

# The CDK command line sets both from its profile. Without one, the stack fits any account.
account = os.environ.get("CDK_DEFAULT_ACCOUNT")
region = os.environ.get("CDK_DEFAULT_REGION")

StorefrontStack(
    app,
    "Storefront",
    only_assembled,
    env=Environment(account=account, region=region) if account and region else None,
)

app.synth()
