namespace Lading.Running.Evidence;

/// <summary>The caller of a CloudFormation operation, according to CloudTrail.</summary>
/// <param name="Stack">The stack, by the name or ARN in the request.</param>
/// <param name="At">When it started, by CloudTrail's clock.</param>
/// <param name="Who">The user, or the session name of a role.</param>
internal sealed record StackCaller(string Stack, DateTimeOffset At, string Who)
{
    /// <summary>Whether the request was for a stack of this name.</summary>
    public bool IsAbout(string name) => Stack == name || Stack.Contains($":stack/{name}/", StringComparison.Ordinal);
}
