namespace Lading.Running.Evidence;

/// <summary>Who asked CloudFormation for an operation, as CloudTrail has it.</summary>
/// <param name="At">When, by CloudTrail's clock.</param>
/// <param name="Who">The user, or the name of the session of a role.</param>
internal sealed record StackCaller(DateTimeOffset At, string Who);
