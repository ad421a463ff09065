namespace Lading.Rollbacks;

/// <summary>Looks for the template that was deployed where CloudFormation cannot give it back as it was.</summary>
internal static class OriginalTemplates
{
    /// <summary>The text of the template in a cloud assembly, or in one nested in it, that was deployed; null if none has it.</summary>
    /// <param name="read">What CloudFormation gives back.</param>
    /// <param name="assemblies">Folders, which need not exist.</param>
    public static string? Find(string read, IReadOnlyList<string> assemblies) =>
        assemblies
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.template.json", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText)
            .FirstOrDefault(text => UnreadableCharacters.IsOriginal(text, read));
}
