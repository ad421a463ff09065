"""Stands in for constructs if CDK for Python cannot be installed: the tree, its context and its metadata."""

from __future__ import annotations


class IConstruct:
    pass


class IValidation:
    pass


class Node:
    def __init__(self, host, scope, id):
        self._host, self.scope, self.id = host, scope, id
        self.children, self._context, self.validations, self.dependencies, self.metadata = {}, {}, [], [], []
        self.aspects = []
        if scope is not None:
            scope.node.children[id] = host

    @property
    def scopes(self):
        return ([] if self.scope is None else self.scope.node.scopes) + [self._host]

    @property
    def root(self):
        return self.scopes[0]

    @property
    def path(self):
        return "/".join(each.node.id for each in self.scopes if each.node.id)

    @property
    def default_child(self):
        return self.children.get("Resource")

    def set_context(self, key, value):
        self._context[key] = value

    def try_get_context(self, key):
        return self._context.get(key, self.scope.node.try_get_context(key) if self.scope is not None else None)

    def try_find_child(self, id):
        return self.children.get(id)

    def find_all(self):
        return [self._host, *(each for child in self.children.values() for each in child.node.find_all())]

    def add_validation(self, validation):
        self.validations.append(validation)

    def add_dependency(self, *others):
        self.dependencies += others


class Construct(IConstruct):
    def __init__(self, scope, id):
        self.node = Node(self, scope, id)
