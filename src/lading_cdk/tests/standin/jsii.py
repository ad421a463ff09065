"""Stands in for jsii where CDK for Python cannot be installed."""


def implements(*_interfaces):
    return lambda cls: cls
