namespace Lading.Diagnosis;

/// <summary>A check for left-overs of killed runs that can also remove them.</summary>
internal interface ICleanableCheck
{
    /// <summary>Removes left-overs, and nothing that a running process may use.</summary>
    /// <returns>What was removed, as text to show.</returns>
    /// <exception cref="LadingException">It was refused.</exception>
    Task<IReadOnlyList<string>> CleanAsync(CancellationToken cancellationToken);
}
