using Lading.Configuration.Json;
using Lading.Context;

namespace Lading.Configuration;

/// <summary>Parses paths in the repository: relative to the folder of <c>lading.json</c>, with <c>/</c>, in their shortest form.</summary>
/// <remarks>
/// Whether a path that begins with <c>..</c> stays inside the repository is checked later, where the repository is
/// known.
/// </remarks>
internal static class PathReader
{
    /// <summary>A folder: <c>src/web</c>, or <c>.</c>.</summary>
    public static string Folder(Field field) => CleanPath.Of(Checked(field, Objection));

    /// <summary>A file.</summary>
    public static string File(Field field)
    {
        var path = Checked(field, Objection);
        if (path.EndsWith('/'))
        {
            field.RejectText("Expected a file; this is a folder.");
        }

        return CleanPath.Of(path);
    }

    /// <summary>A file, a glob, or a folder, which ends in <c>/</c>; the folder of <c>lading.json</c> is <c>./</c>.</summary>
    public static string FileOrFolder(Field field) => FileOrFolder(Checked(field, GlobObjection));

    /// <summary>A path used as a key.</summary>
    public static string FileOrFolderKey(string key, Field value)
    {
        if (GlobObjection(key) is { } objection)
        {
            value.RejectKey(key.Length == 0 ? "has no path" : "is not a path in the repository", objection);
        }

        return FileOrFolder(key);
    }

    private static string FileOrFolder(string path)
    {
        var cleaned = CleanPath.Of(path);
        var isFolder = path[(path.LastIndexOf('/') + 1)..] is "" or "." or "..";
        return isFolder ? cleaned + "/" : cleaned;
    }

    private static string Checked(Field field, Func<string, string?> objectTo)
    {
        var path = field.Text();
        if (path.Length > 0 && objectTo(path) is { } objection)
        {
            field.RejectText(objection);
        }

        return path.Length == 0 ? "." : path;
    }

    private static string? Objection(string path)
    {
        if (path.Contains("://", StringComparison.Ordinal) || path.StartsWith("git@", StringComparison.Ordinal))
        {
            return "Expected a path in this repository, not a URL: images are made from what git tracks here.";
        }

        if (path.Contains('\\', StringComparison.Ordinal))
        {
            return $"Write it with '/': {path.Replace('\\', '/')}.";
        }

        if (path.Length == 0 || path[0] is '/' or '~' || (path.Length > 1 && path[1] == ':'))
        {
            return "Expected a path relative to the folder of lading.json, such as src/web.";
        }

        return path.Any(char.IsControl) ? "It contains a control character." : null;
    }

    /// <summary>What is wrong with a path that may be a glob; null if it is valid.</summary>
    private static string? GlobObjection(string path)
    {
        try
        {
            GlobSyntax.Check(path);
            return Objection(path);
        }
        catch (FormatException)
        {
            return "It has a character class ([…]) that is empty or not closed.";
        }
    }
}
