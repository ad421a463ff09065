using Lading.Git;
using Lading.Provenance;

namespace Lading.Explaining;

/// <summary>How the inputs of an image differ from previous ones.</summary>
/// <param name="Settings">In byte order of their names.</param>
/// <param name="Bases">In byte order of the references.</param>
/// <param name="Files">In byte order of their paths.</param>
internal sealed record ImageDifference(
    IReadOnlyList<SettingChange> Settings,
    IReadOnlyList<BaseChange> Bases,
    IReadOnlyList<FileChange> Files
)
{
    public bool IsEmpty => Settings.Count + Bases.Count + Files.Count == 0;

    /// <summary>
    /// Compares the inputs of two points. The files of a folder that was moved as a whole count as equal.
    /// </summary>
    public static ImageDifference Between(ImageProvenance before, ImageProvenance after) =>
        new(SettingsOf(before, after), BasesOf(before, after), FilesOf(before, after));

    private static List<SettingChange> SettingsOf(ImageProvenance before, ImageProvenance after)
    {
        var old = ImageSettings.Of(before.Parameters).ToDictionary(StringComparer.Ordinal);
        var now = ImageSettings.Of(after.Parameters).ToDictionary(StringComparer.Ordinal);
        return
        [
            .. old
                .Keys.Union(now.Keys)
                .Order(ByteOrder.Comparer)
                .Select(name => new SettingChange(name, old.GetValueOrDefault(name), now.GetValueOrDefault(name)))
                .Where(change => change.Before != change.After),
        ];
    }

    private static List<BaseChange> BasesOf(ImageProvenance before, ImageProvenance after)
    {
        var old = before.Bases.ToDictionary(each => each.Reference, StringComparer.Ordinal);
        var now = after.Bases.ToDictionary(each => each.Reference, StringComparer.Ordinal);
        return
        [
            .. old
                .Keys.Union(now.Keys)
                .Order(ByteOrder.Comparer)
                .Select(name => new BaseChange(name, old.GetValueOrDefault(name), now.GetValueOrDefault(name)))
                .Where(change =>
                    change.Before is null || change.After is null || change.Before.Counting != change.After.Counting
                ),
        ];
    }

    private static List<FileChange> FilesOf(ImageProvenance before, ImageProvenance after)
    {
        var old = before.Files.ToDictionary(file => file.Key);
        var now = after.Files.ToDictionary(file => file.Key);
        var changes = old
            .Keys.Union(now.Keys)
            .Select(key => (Before: old.GetValueOrDefault(key), After: now.GetValueOrDefault(key)))
            .Where(pair => pair.Before?.Id != pair.After?.Id || pair.Before?.Mode != pair.After?.Mode)
            .Select(pair => new FileChange((pair.After ?? pair.Before)!.FullPath, pair.Before, pair.After))
            .ToList();
        if (
            before.Dockerfile is { } then
            && after.Dockerfile is { } here
            && then.Digest != here.Digest
            && !changes.Exists(change => change.FullPath == here.FullPath)
        )
        {
            changes.Add(new FileChange(here.FullPath, null, null) { IsDockerfile = true });
        }

        return [.. changes.OrderBy(change => change.FullPath, ByteOrder.Comparer)];
    }
}

/// <summary>A base image that differs.</summary>
/// <param name="Reference">As written.</param>
/// <param name="Before">Null if it was added.</param>
/// <param name="After">Null if it was removed.</param>
internal sealed record BaseChange(string Reference, BaseRecord? Before, BaseRecord? After);

/// <summary>A setting of an image's definition that differs.</summary>
/// <param name="Name">Such as <c>platforms</c>, <c>args.CONFIGURATION</c>.</param>
/// <param name="Before">Null if it was not set.</param>
/// <param name="After">Null if it is no longer set.</param>
internal sealed record SettingChange(string Name, string? Before, string? After);

/// <summary>An input file that differs.</summary>
/// <param name="FullPath">From the top of the repository.</param>
/// <param name="Before">Null if it was added.</param>
/// <param name="After">Null if it was removed.</param>
internal sealed record FileChange(string FullPath, FileRecord? Before, FileRecord? After)
{
    /// <summary>True for a Dockerfile that is not in the context.</summary>
    public bool IsDockerfile { get; init; }

    /// <summary><c>A</c>, <c>D</c> or <c>M</c>.</summary>
    public char Kind =>
        IsDockerfile ? 'M'
        : Before is null ? 'A'
        : After is null ? 'D'
        : 'M';

    /// <summary>True if only the type of the file (executable, a link) differs.</summary>
    public bool IsModeOnly => Before is { } before && After is { } after && before.Id == after.Id;
}
