namespace Lading.Rollbacks;

/// <summary>Finds the original of a deployed template that CloudFormation does not return intact.</summary>
internal static class OriginalTemplates
{
    /// <summary>The original text in a cloud assembly or a nested one; null if none has it.</summary>
    /// <param name="read">The text that CloudFormation returns.</param>
    /// <param name="assemblies">Folders, which need not exist.</param>
    public static string? Find(string read, IReadOnlyList<string> assemblies) =>
        assemblies
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.template.json", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText)
            .FirstOrDefault(text => UnreadableCharacters.IsOriginal(text, read));
}
