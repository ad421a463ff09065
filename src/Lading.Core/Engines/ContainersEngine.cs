using Lading.Processes;

namespace Lading.Engines;

/// <summary>What Buildah and Podman have in common: they need no server, and both build with Buildah's code.</summary>
internal abstract class ContainersEngine(string program) : Engine(program)
{
    protected override IReadOnlyList<string> Probe => ["info"];

    protected override BuiltForm Form => BuiltForm.OciLayout;

    /// <summary>The call of <c>build</c>.</summary>
    /// <param name="request">What to build.</param>
    /// <param name="name">The image's name in the engine's own store.</param>
    /// <param name="options">Options of this engine only.</param>
    protected ProgramCall BuildCall(BuildRequest request, string name, params IEnumerable<string> options) =>
        new(
            Program,
            [
                "build",
                "--format",
                "oci",
                .. options,
                "--ignorefile",
                request.IgnoreFile,
                "--tag",
                name,
                .. request.Cache?.ForBuildah() ?? [],
                .. CommonArguments(request),
                request.Context,
            ]
        );

    /// <remarks>
    /// Buildah splits the value at every comma, even in quotes: a file whose path has one is passed as a link whose
    /// path has none.
    /// </remarks>
    protected override string SecretArgument(BuildRequest request, string id, SecretLocation secret)
    {
        if (secret.File is not { } file || !file.Contains(',', StringComparison.Ordinal))
        {
            return base.SecretArgument(request, id, secret);
        }

        var link = Path.Combine(NewTemporaryFolder(), "secret");
        File.CreateSymbolicLink(link, file);
        return base.SecretArgument(request, id, new SecretLocation(null, link));
    }
}
