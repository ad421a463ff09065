using System.Globalization;

namespace Lading.Diagnosis.Leftovers;

/// <summary>Whether killed runs left something on this machine.</summary>
internal sealed class LeftoversCheck(ExaminedMachine machine) : IHealthCheck, ICleanableCheck
{
    private const int MaxNames = 3;

    public string Name => DoctorCheck.Leftovers;

    public Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var found = new LeftoverSearch(machine).Find(cancellationToken);
        return Task.FromResult<IReadOnlyList<HealthFinding>>([
            Decide([.. found.Select(each => each.Path)], found.Sum(each => each.Size)),
        ]);
    }

    /// <param name="paths">The left-overs.</param>
    /// <param name="size">Their size in bytes.</param>
    public static HealthFinding Decide(IReadOnlyList<string> paths, long size) =>
        paths.Count == 0
            ? HealthFinding.Fine("nothing of killed runs")
            : HealthFinding.Warning(
                $"killed runs left {Listing.Of(paths, MaxNames)} ({Amount.OfBytes(size)})",
                "lading doctor --clean"
            );

    public Task<IReadOnlyList<string>> CleanAsync(CancellationToken cancellationToken)
    {
        var removed = new List<string>();
        foreach (var leftover in new LeftoverSearch(machine).Find(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var size = leftover.Size;
            if (TryRemove(leftover.Path))
            {
                removed.Add($"{leftover.Path} ({Amount.OfBytes(size)})");
            }
        }

        return Task.FromResult<IReadOnlyList<string>>(removed);
    }

    private static bool TryRemove(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays, and the check reports it again.
            return false;
        }
    }
}
