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
