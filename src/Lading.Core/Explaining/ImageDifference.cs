using Lading.Git;
using Lading.Provenance;

namespace Lading.Explaining;

/// <summary>In what the inputs of an image differ from what they were.</summary>
/// <param name="Settings">In byte order of their names.</param>
/// <param name="Bases">In byte order of the references.</param>
/// <param name="Files">In byte order of their places.</param>
internal sealed record ImageDifference(
    IReadOnlyList<SettingChange> Settings,
    IReadOnlyList<BaseChange> Bases,
    IReadOnlyList<FileChange> Files
)
{
    public bool IsEmpty => Settings.Count + Bases.Count + Files.Count == 0;

    /// <summary>Compares; where a folder was moved as a whole, its files are the same.</summary>
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

/// <summary>An image below in which the inputs of an image differ.</summary>
/// <param name="Reference">As written.</param>
/// <param name="Before">Null if it was added.</param>
/// <param name="After">Null if it was removed.</param>
internal sealed record BaseChange(string Reference, BaseRecord? Before, BaseRecord? After);

/// <summary>Something in the definition of an image that differs.</summary>
/// <param name="Name">Such as <c>platforms</c>, <c>args.CONFIGURATION</c>.</param>
/// <param name="Before">Null if it was not there.</param>
/// <param name="After">Null if it is no longer there.</param>
internal sealed record SettingChange(string Name, string? Before, string? After);

/// <summary>A file in which the inputs of an image differ.</summary>
/// <param name="FullPath">From the top of the repository.</param>
/// <param name="Before">Null if it was added.</param>
/// <param name="After">Null if it was removed.</param>
internal sealed record FileChange(string FullPath, FileRecord? Before, FileRecord? After)
{
    /// <summary>True for a Dockerfile that is none of the files.</summary>
    public bool IsDockerfile { get; init; }

    /// <summary><c>A</c>, <c>D</c> or <c>M</c>.</summary>
    public char Kind =>
        IsDockerfile ? 'M'
        : Before is null ? 'A'
        : After is null ? 'D'
        : 'M';

    /// <summary>True if nothing but what the file is (executable, a link) differs.</summary>
    public bool IsModeOnly => Before is { } before && After is { } after && before.Id == after.Id;
}
