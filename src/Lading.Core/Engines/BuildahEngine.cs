using Lading.Processes;

namespace Lading.Engines;

/// <summary>Buildah.</summary>
internal sealed class BuildahEngine(string program) : Engine(program)
{
    protected override IReadOnlyList<string> Probe => ["info"];

    protected override BuiltForm Form => BuiltForm.OciLayout;

    protected override Task<IReadOnlyList<ProgramCall>> PrepareAsync(
        BuildRequest request,
        string name,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<IReadOnlyList<ProgramCall>>([
            new ProgramCall(
                Program,
                [
                    "build",
                    "--format",
                    "oci",
                    "--layers",
                    "--ignorefile",
                    request.IgnoreFile,
                    "--tag",
                    name,
                    .. request.Cache?.ForBuildah() ?? [],
                    .. CommonArguments(request),
                    request.Context,
                ]
            ),
            new ProgramCall(Program, "push", name, $"oci:{request.Output}:built"),
        ]);
}
