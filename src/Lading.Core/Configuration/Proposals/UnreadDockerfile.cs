namespace Lading.Configuration.Proposals;

/// <summary>A file with the name of a Dockerfile that could not be read as one.</summary>
/// <param name="Path">From the top of the repository.</param>
/// <param name="Problem">What is wrong with it.</param>
internal sealed record UnreadDockerfile(string Path, string Problem);
