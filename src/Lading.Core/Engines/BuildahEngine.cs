using Lading.Processes;

namespace Lading.Engines;

/// <summary>Buildah.</summary>
internal sealed class BuildahEngine(string program) : ContainersEngine(program)
{
    protected override Task<IReadOnlyList<ProgramCall>> PrepareAsync(
        BuildRequest request,
        string name,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<IReadOnlyList<ProgramCall>>([
            BuildCall(request, name, "--layers"),
            // The name of a layout ends at its first colon: a folder above it may have one.
            new ProgramCall(Program, "push", name, $"oci:{Path.GetFileName(request.Output)}:built")
            {
                WorkingDirectory = Path.GetDirectoryName(request.Output),
            },
        ]);
}
