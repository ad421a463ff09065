using Lading.Engines;
using Lading.Oci;
using Lading.Shipping;

namespace Lading.Cli.Docker;

/// <summary>Builds an asset with the engine that Lading chooses, into a layout: what is pushed later is that very image.</summary>
internal static class DockerBuild
{
    /// <summary>Builds.</summary>
    /// <param name="arguments">What to build.</param>
    /// <param name="engine">What builds.</param>
    /// <param name="directory">What paths are relative to.</param>
    /// <param name="images">Where the result goes.</param>
    /// <param name="lines">Told each line that the engine writes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LadingException">The build failed.</exception>
    public static async Task<LocalImage> RunAsync(
        DockerBuildArguments arguments,
        Engine engine,
        string directory,
        LocalImages images,
        IProgress<string> lines,
        CancellationToken cancellationToken
    )
    {
        var folder = images.NewFolder();
        var given = Path.GetFullPath(arguments.Context, directory);
        var context = Path.Combine(folder, "context");
        ContextCopy.Write(given, context, cancellationToken);
        var dockerfile = Path.Combine(folder, "Dockerfile");
        File.Copy(Path.GetFullPath(arguments.Dockerfile, context), dockerfile);
        await WriteIgnoreFileAsync(arguments, context, dockerfile + ".dockerignore", cancellationToken)
            .ConfigureAwait(false);
        var request = new BuildRequest
        {
            Image = arguments.Name,
            Context = context,
            Dockerfile = dockerfile,
            Target = arguments.Target,
            Args = arguments.Args,
            Secrets = arguments.Secrets.ToDictionary(
                pair => pair.Key,
                pair =>
                    pair.Value.File is { } file
                        ? new SecretSource(null, Path.GetFullPath(file, directory))
                        : pair.Value,
                StringComparer.Ordinal
            ),
            Ssh = arguments.Ssh,
            Contexts = arguments.Contexts,
            Platform = arguments.Platform,
            Output = Path.Combine(folder, "built"),
        };
        var built = await engine.BuildAsync(request, lines, cancellationToken).ConfigureAwait(false);
        var layout = LocalImages.LayoutIn(folder);
        var manifest = await BuildResult
            .TakeAsync(built, arguments.Platform, layout, cancellationToken)
            .ConfigureAwait(false);
        Remove(request.Output);
        Remove(context);
        return new LocalImage(folder, manifest.Digest);
    }

    /// <summary>The Dockerfile's own ignore file, else the context's.</summary>
    private static async Task WriteIgnoreFileAsync(
        DockerBuildArguments arguments,
        string context,
        string path,
        CancellationToken cancellationToken
    )
    {
        string[] places =
        [
            Path.GetFullPath(arguments.Dockerfile + ".dockerignore", context),
            Path.Combine(context, ".dockerignore"),
        ];
        var bytes = Array.Find(places, File.Exists) is { } place
            ? await File.ReadAllBytesAsync(place, cancellationToken).ConfigureAwait(false)
            : [];
        await File.WriteAllBytesAsync(path, bytes, cancellationToken).ConfigureAwait(false);
    }

    private static void Remove(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }
}
