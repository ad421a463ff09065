namespace Lading.Diagnosis;

/// <summary>A check of what killed runs left, which can also remove it.</summary>
internal interface ICleanableCheck
{
    /// <summary>Removes left-overs, and nothing that a running process may use.</summary>
    /// <returns>What was removed, for people.</returns>
    /// <exception cref="LadingException">It was refused.</exception>
    Task<IReadOnlyList<string>> CleanAsync(CancellationToken cancellationToken);
}
