namespace Lading.Deploying;

/// <summary>A stack that people are told of.</summary>
/// <param name="Name">As <c>cdk ls</c> shows it.</param>
/// <param name="Reason">The end of a sentence that begins with the name.</param>
internal sealed record LeftOutStack(string Name, string Reason);
