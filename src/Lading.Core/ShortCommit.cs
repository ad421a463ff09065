namespace Lading;

/// <summary>A commit's abbreviated hash, for people.</summary>
internal static class ShortCommit
{
    public static string Of(string revision) => revision.Length > 7 ? revision[..7] : revision;
}
