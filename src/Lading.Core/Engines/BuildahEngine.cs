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
            // A layout's reference is split at its first colon, which a parent folder may contain.
            new ProgramCall(Program, "push", name, $"oci:{Path.GetFileName(request.Output)}:built")
            {
                WorkingDirectory = Path.GetDirectoryName(request.Output),
            },
        ]);
}
