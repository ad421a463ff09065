using Lading.Context;
using Lading.Engines;
using Lading.Shipping;

namespace Lading.Cli.Docker;

/// <summary>Builds an asset with the engine that Lading chooses, into a layout: exactly that image is pushed later.</summary>
/// <param name="engine">The container engine.</param>
/// <param name="directory">The folder that relative paths start from.</param>
/// <param name="images">Stores the result.</param>
internal sealed class DockerBuild(Engine engine, string directory, LocalImages images)
{
    /// <summary>Builds the image.</summary>
    /// <param name="arguments">The arguments of <c>docker build</c>.</param>
    /// <param name="options">Additional arguments of the engine.</param>
    /// <param name="logins">Variables with the engine's logins.</param>
    /// <param name="lines">Receives each line of the engine's output.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="LadingException">The build failed.</exception>
    public async Task<LocalImage> RunAsync(
        DockerBuildArguments arguments,
        IReadOnlyList<string> options,
        IReadOnlyDictionary<string, string?> logins,
        IProgress<string> lines,
        CancellationToken cancellationToken
    )
    {
        var folder = images.NewFolder();
        var contextFolder = Path.GetFullPath(arguments.Context, directory);
        var file = DockerfileOf(arguments, contextFolder);
        // BuildKit takes a file for the one that it got from another folder of the same last name, if size and time are the same.
        var context = Path.Combine(folder, Path.GetFileName(folder));
        var rules = await ReadIgnoreFileAsync(file, contextFolder, cancellationToken).ConfigureAwait(false);
        new ContextCopy(rules, images.Root).Write(contextFolder, context, cancellationToken);

        // Outside of the context, which has only the chosen files: so the Dockerfile's own ignore file is empty.
        var dockerfile = Path.Combine(folder, "Dockerfile");
        File.Copy(file, dockerfile);
        await File.WriteAllBytesAsync(dockerfile + ".dockerignore", [], cancellationToken).ConfigureAwait(false);
        var request = new BuildRequest
        {
            Image = arguments.Names[0],
            Context = context,
            Dockerfile = dockerfile,
            Target = arguments.Target,
            Args = arguments.Args,
            Secrets = arguments.Secrets.ToDictionary(
                pair => pair.Key,
                pair =>
                    pair.Value.File is { } secret
                        ? new SecretLocation(null, Path.GetFullPath(secret, directory))
                        : pair.Value,
                StringComparer.Ordinal
            ),
            Ssh = arguments.Ssh,
            Contexts = arguments.Contexts.ToDictionary(
                pair => pair.Key,
                pair => IsFolder(pair.Value) ? Path.GetFullPath(pair.Value, directory) : pair.Value,
                StringComparer.Ordinal
            ),
            Platform = arguments.Platform,
            Output = Path.Combine(folder, "built"),
            Options = options,
            Variables = logins,
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

    private string DockerfileOf(DockerBuildArguments arguments, string context)
    {
        if (!Directory.Exists(context))
        {
            throw new LadingException(
                $"Could not build {arguments.Names[0]}",
                $"its context {context} is not a folder",
                "Run the CDK again: it writes the folders that it builds from."
            );
        }

        // As in Docker: a path in --file is relative to the working directory, the default name to the context.
        var path = arguments.Dockerfile is { } named
            ? Path.GetFullPath(named, directory)
            : Path.Combine(context, "Dockerfile");
        return File.Exists(path)
            ? path
            : throw new LadingException(
                $"Could not build {arguments.Names[0]}",
                $"there is no Dockerfile {path}",
                "Name it with the asset's 'file'."
            );
    }

    /// <summary>The Dockerfile's own ignore file, otherwise the context's.</summary>
    private static async Task<IgnoreRules> ReadIgnoreFileAsync(
        string dockerfile,
        string context,
        CancellationToken cancellationToken
    )
    {
        string[] candidates = [dockerfile + ".dockerignore", Path.Combine(context, ".dockerignore")];
        if (Array.Find(candidates, File.Exists) is not { } path)
        {
            return IgnoreRules.None;
        }

        try
        {
            return IgnoreRules.Parse(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false));
        }
        catch (FormatException e)
        {
            throw LadingException.Usage($"Could not read {path}", e.Message);
        }
    }

    /// <summary>Whether a named context is a folder: it may also be an image, a git repository or a URL.</summary>
    private static bool IsFolder(string source) =>
        !source.Contains("://", StringComparison.Ordinal) && !source.StartsWith("git@", StringComparison.Ordinal);

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
