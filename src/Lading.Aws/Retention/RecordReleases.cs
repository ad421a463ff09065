using Lading.Aws.Running;
using Lading.Oci;
using Lading.Retention.Evidence;
using Lading.Running.Evidence;

namespace Lading.Aws.Retention;

/// <summary>Reads releases from the records of stacks: all versions that SSM has.</summary>
internal sealed class RecordReleases : IUseReader
{
    public async Task ReadAsync(RegionFacts region, CancellationToken cancellationToken)
    {
        var records = await new RecordFacts(region.Facts).ReadAsync(_ => true, cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(records.Select(record => ReadAsync(region, record.Stack, cancellationToken)))
            .ConfigureAwait(false);
    }

    private static async Task ReadAsync(RegionFacts region, string stack, CancellationToken cancellationToken)
    {
        var versions = await new RecordVersions(region.Facts).ReadAsync(stack, cancellationToken).ConfigureAwait(false);
        region.Uses.Count(versions.Count, "release");
        foreach (var version in versions)
        {
            region.Add(
                new StackRelease(
                    version.Record.Environment ?? $"{region.Account}/{region.Region}",
                    stack,
                    version.Version,
                    version.WrittenAt,
                    [.. version.Record.Images.Values.Select(image => ImageOf(image.Reference)).OfType<UsedImage>()],
                    version.Source
                )
                {
                    Place = $"{region.Account}/{region.Region}",
                }
            );
        }
    }

    /// <summary>
    /// The image of a reference. A record names the repository without its registry, so the registry is left open.
    /// </summary>
    private static UsedImage? ImageOf(string reference)
    {
        var at = reference.IndexOf('@', StringComparison.Ordinal);
        var colon = at < 0 ? reference.LastIndexOf(':') : at;
        return
            colon > 0
            && RepositoryName.TryParse(reference[..colon], out var repository)
            && ManifestReference.TryParse(reference[(colon + 1)..], out var manifest)
            ? new UsedImage(null, repository, manifest)
            : null;
    }
}
