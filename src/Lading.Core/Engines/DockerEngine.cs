using System.Globalization;
using Lading.Processes;

namespace Lading.Engines;

/// <summary>Docker, and the programs with the same arguments: <c>build</c> builds, <c>save</c> exports the image.</summary>
/// <remarks>
/// BuildKit builds if it is available: in buildx, or in the client itself before version 23. Its own OCI export is not used: Docker
/// 20.10 and the default driver of buildx do not have it.
/// </remarks>
internal sealed class DockerEngine(string program) : Engine(program)
{
    private const int FirstClientWithoutBuildKit = 23;
    private bool? hasBuildKit;
    private bool hasBuildx;

    protected override IReadOnlyList<string> Probe => ["version", "--format", "{{.Server.Version}}"];

    protected override BuiltForm Form => BuiltForm.DockerArchive;

    protected override async Task<IReadOnlyList<ProgramCall>> PrepareAsync(
        BuildRequest request,
        string name,
        CancellationToken cancellationToken
    )
    {
        hasBuildKit ??= await HasBuildKitAsync(cancellationToken).ConfigureAwait(false);
        if (request.Cache is not null && !(hasBuildx || Name != "docker"))
        {
            throw new LadingException(
                $"Could not build image {request.Image} with {Name} and a cache in {request.Cache.Repository}",
                "buildx is not installed, and without it Docker cannot keep a cache in a registry",
                $"Install buildx, build with buildah or podman, or leave --cache out. '{DoctorCheck.Command(DoctorCheck.BuildKit)}' says what docker has."
            );
        }

        string[] style = hasBuildKit.Value ? ["--progress", "plain"] : ["--force-rm"];
        var cache = request.Cache?.ForBuildKit(request.Image, request.Platform) ?? [];
        var effective = hasBuildKit.Value ? request : ClassicContext.Prepare(request, Name);
        return
        [
            new ProgramCall(
                Program,
                ["build", .. style, .. cache, "--tag", name, .. CommonArguments(effective), effective.Context]
            )
            {
                Environment = new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["DOCKER_BUILDKIT"] = hasBuildKit.Value ? "1" : "0",
                    // With buildx, attestations would be additional manifests that differ with each build.
                    ["BUILDX_NO_DEFAULT_ATTESTATIONS"] = "1",
                },
            },
            new ProgramCall(Program, "save", "--output", request.Output, name),
        ];
    }

    /// <summary>Whether it builds with BuildKit: through buildx, or in an old client itself.</summary>
    /// <exception cref="LadingException">It did not answer.</exception>
    public async Task<bool> HasBuildKitAsync(CancellationToken cancellationToken)
    {
        try
        {
            hasBuildx = (await AskAsync(cancellationToken, "buildx", "version").ConfigureAwait(false)).ExitCode == 0;
            if (hasBuildx)
            {
                return true;
            }

            var client = await AskAsync(cancellationToken, "version", "--format", "{{.Client.Version}}")
                .ConfigureAwait(false);
            return !int.TryParse(
                    client.Text.Split('.')[0],
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var version
                )
                || version < FirstClientWithoutBuildKit;
        }
        catch (ProgramTimeoutException e)
        {
            throw new LadingException(
                $"Could not find out which builder {Name} has",
                e.Message,
                "Restart it, or build with another engine: --engine podman.",
                innerException: e
            );
        }
    }
}
