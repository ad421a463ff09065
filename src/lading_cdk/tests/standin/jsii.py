"""Stands in for jsii if CDK for Python cannot be installed."""


def implements(*_interfaces):
    return lambda cls: cls
