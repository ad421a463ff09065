namespace Lading;

/// <summary>The beginning of a commit's hash that people know it by.</summary>
internal static class ShortCommit
{
    public static string Of(string revision) => revision.Length > 7 ? revision[..7] : revision;
}
