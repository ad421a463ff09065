using Lading.Processes;

namespace Lading.Bench.Images;

/// <summary>An operation that the clients are compared in.</summary>
/// <param name="Name">Its name in the tables.</param>
/// <param name="Resets">What is emptied before each run.</param>
/// <param name="Requests">The most that Lading may send for an image of a shape.</param>
internal sealed record ImageOperation(string Name, Resets Resets, Func<ImageShape, int> Requests)
{
    /// <summary>
    /// For the tag before and after, for whether the repository is new, two for each blob, one for each manifest.
    /// </summary>
    public static ImageOperation Push { get; } =
        new("push", Resets.From, shape => (2 * shape.Blobs) + shape.Manifests + 3);

    public static ImageOperation PushAgain { get; } = new("push again", Resets.Nothing, _ => 1);

    public static ImageOperation CopyWithin { get; } =
        new("copy within", Resets.Copy, shape => shape.Blobs + (2 * shape.Manifests) + 2);

    /// <summary>For the source's manifests and blobs, and those of a push.</summary>
    public static ImageOperation CopyAcross { get; } =
        new("copy across", Resets.To, shape => (3 * shape.Blobs) + (2 * shape.Manifests) + 3);

    public static ImageOperation Pull { get; } = new("pull", Resets.Pulled, shape => shape.Blobs + shape.Manifests);

    public static IReadOnlyList<ImageOperation> All { get; } = [Push, PushAgain, CopyWithin, CopyAcross, Pull];

    /// <summary>Prepares what the operation starts from.</summary>
    public async Task PrepareAsync(
        BenchRegistry registry,
        BenchImage image,
        ImageClient client,
        CancellationToken cancellationToken
    )
    {
        registry.Clear();
        if (this == Push)
        {
            return;
        }

        var call = client.Call(Push, image, registry.Host, registry.Host, "");
        var result = await ProgramRunner.RunAsync(call, ReadOnlyMemory<byte>.Empty, cancellationToken);
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException($"{call}: {result.Error}");
        }
    }

    /// <summary>Empties what must be empty before a run.</summary>
    public Task ResetAsync(BenchRegistry from, BenchRegistry to, string output)
    {
        switch (Resets)
        {
            case Resets.From:
                from.Clear();
                break;
            case Resets.To:
                to.Clear();
                break;
            case Resets.Copy:
                from.ClearCopy();
                break;
            case Resets.Pulled when Directory.Exists(output):
                Directory.Delete(output, recursive: true);
                break;
            default:
                break;
        }

        return Task.CompletedTask;
    }

    /// <exception cref="InvalidOperationException">Lading took more requests than it promises.</exception>
    public void RequireFew(BenchImage image, int requests)
    {
        if (requests > Requests(image.Shape))
        {
            throw new InvalidOperationException(
                $"{Name} of {image.Shape.Name} took {requests} requests, more than {Requests(image.Shape)}"
            );
        }
    }
}
