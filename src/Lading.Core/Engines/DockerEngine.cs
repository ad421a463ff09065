using Lading.Processes;

namespace Lading.Engines;

/// <summary>Docker, and the programs that take its arguments: BuildKit builds, <c>save</c> hands the image out.</summary>
/// <remarks>BuildKit's own OCI export is not used: Docker 20.10 and the default driver of buildx do not have it.</remarks>
internal sealed class DockerEngine(string program) : Engine(program)
{
    protected override IReadOnlyList<string> Probe => ["version", "--format", "{{.Server.Version}}"];

    protected override BuiltForm Form => BuiltForm.DockerArchive;

    protected override IEnumerable<ProgramCall> Calls(BuildRequest request, string name) =>
        [
            new ProgramCall(
                Program,
                ["build", "--progress", "plain", "--tag", name, .. CommonArguments(request), request.Context]
            )
            {
                Environment = new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["DOCKER_BUILDKIT"] = "1",
                    // With buildx: attestations would come as further manifests, differently at each build.
                    ["BUILDX_NO_DEFAULT_ATTESTATIONS"] = "1",
                },
            },
            new ProgramCall(Program, "save", "--output", request.Output, name),
        ];
}
