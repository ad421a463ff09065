namespace Lading.Bench.Images;

/// <summary>The size and structure of an image.</summary>
/// <param name="Name">Its name in the tables.</param>
/// <param name="Layers">The number in each image.</param>
/// <param name="LayerSize">In bytes; the content is incompressible.</param>
/// <param name="Platforms">More than one make an index.</param>
internal sealed record ImageShape(string Name, int Layers, int LayerSize, int Platforms)
{
    public static ImageShape Large { get; } = new("large (10 × 50 MB)", 10, 50_000_000, 1);

    public static IReadOnlyList<ImageShape> All { get; } =
    [
        new("small (1 × 5 MB)", 1, 5_000_000, 1),
        new("many (60 × 1 MB)", 60, 1_000_000, 1),
        new("index (2 platforms, 3 × 2 MB)", 3, 2_000_000, 2),
        Large,
    ];

    /// <summary>Configurations and layers.</summary>
    public int Blobs => (Layers + 1) * Platforms;

    /// <summary>Images, and the index if there is one.</summary>
    public int Manifests => Platforms == 1 ? 1 : Platforms + 1;
}
