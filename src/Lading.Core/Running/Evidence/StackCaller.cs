namespace Lading.Running.Evidence;

/// <summary>Who asked CloudFormation for an operation, as CloudTrail has it.</summary>
/// <param name="Stack">The stack, by the name or the ARN that the request gave.</param>
/// <param name="At">When, by CloudTrail's clock.</param>
/// <param name="Who">The user, or the name of the session of a role.</param>
internal sealed record StackCaller(string Stack, DateTimeOffset At, string Who)
{
    /// <summary>Whether the request was about a stack of this name.</summary>
    public bool IsAbout(string name) => Stack == name || Stack.Contains($":stack/{name}/", StringComparison.Ordinal);
}
