using Lading.Processes;

namespace Lading.Engines;

/// <summary>Podman.</summary>
internal sealed class PodmanEngine(string program) : ContainersEngine(program)
{
    protected override Task<IReadOnlyList<ProgramCall>> PrepareAsync(
        BuildRequest request,
        string name,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<IReadOnlyList<ProgramCall>>([
            BuildCall(request, name),
            new ProgramCall(Program, "save", "--format", "oci-dir", "--output", request.Output, name),
        ]);
}
