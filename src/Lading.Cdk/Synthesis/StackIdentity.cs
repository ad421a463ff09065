using Amazon.CDK;
using Lading.Configuration;

namespace Lading.Cdk.Synthesis;

/// <summary>The name and environment of a stack in the construct tree.</summary>
internal static class StackIdentity
{
    /// <summary>Its account and region; null for tokens.</summary>
    public static StackEnvironment EnvironmentOf(Stack stack) => new(Known(stack.Account), Known(stack.Region));

    /// <summary>Its name in <c>cdk ls</c> and in CloudFormation; for a nested stack, the names of its top-level stack.</summary>
    public static StackName NameOf(Stack stack) =>
        stack is NestedStack && stack.NestedStackParent is { } parent
            ? NameOf(parent)
            : new StackName(stack.Node.Path, Known(stack.StackName));

    private static string? Known(string value) => Token.IsUnresolved(value) ? null : value;
}
