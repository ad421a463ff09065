using Amazon.CDK;
using Lading.Configuration;

namespace Lading.Cdk.Synthesis;

/// <summary>What the rule for environments asks of a stack of the construct tree.</summary>
internal static class StackIdentity
{
    /// <summary>Its account and region; null for tokens.</summary>
    public static StackEnvironment EnvironmentOf(Stack stack) => new(Known(stack.Account), Known(stack.Region));

    /// <summary>What <c>cdk ls</c> calls it, and CloudFormation; of a nested one what its top-level stack is called.</summary>
    public static StackName NameOf(Stack stack) =>
        stack is NestedStack && stack.NestedStackParent is { } parent
            ? NameOf(parent)
            : new StackName(stack.Node.Path, Known(stack.StackName));

    private static string? Known(string value) => Token.IsUnresolved(value) ? null : value;
}
