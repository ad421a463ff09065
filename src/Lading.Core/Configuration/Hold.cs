namespace Lading.Configuration;

/// <summary>An image held back: its identity is the one it had at <paramref name="Revision"/>.</summary>
/// <param name="Revision">A full commit hash.</param>
/// <param name="Reason">In the user's words.</param>
internal sealed record Hold(string Revision, string Reason);
