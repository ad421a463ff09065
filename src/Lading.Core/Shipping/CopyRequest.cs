using Lading.Oci;

namespace Lading.Shipping;

/// <summary>An image to copy unchanged, with all its platforms and the same digest.</summary>
/// <param name="Source">The repository to copy from.</param>
/// <param name="Manifest">Its manifest or index.</param>
/// <param name="Target">The repository to copy to.</param>
internal sealed record CopyRequest(IReadableRepository Source, ManifestContent Manifest, IImageRepository Target)
{
    /// <summary>The tag in the target; null for none.</summary>
    public Tag? Tag { get; init; }

    /// <summary>What to do if the tag points to another digest.</summary>
    public TagRule Rule { get; init; } = TagRule.Move;

    /// <summary>
    /// Runs after everything is copied and before the tag is written, so that a tagged image is always complete; null
    /// for nothing.
    /// </summary>
    public Func<CancellationToken, Task>? BeforeTag { get; init; }

    /// <summary>Whether blobs can be mounted because both repositories are in one registry.</summary>
    public bool CanMount => Source.Registry is { } registry && registry == Target.Registry;

    /// <summary>The location of the tag; null if there is none.</summary>
    public TagPlacement? Placement => Tag is { } tag ? new TagPlacement(Target, tag, Rule) : null;
}

/// <summary>The progress of copying an image.</summary>
/// <param name="Bytes">Completed bytes, whether sent, mounted or found in the target.</param>
/// <param name="TotalBytes">Bytes in all.</param>
/// <param name="Blobs">Blobs done.</param>
/// <param name="TotalBlobs">Blobs in all.</param>
internal sealed record CopyProgress(long Bytes, long TotalBytes, int Blobs, int TotalBlobs);
