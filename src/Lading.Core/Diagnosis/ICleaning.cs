namespace Lading.Diagnosis;

/// <summary>A check of what killed runs left, which can remove it.</summary>
internal interface ICleaning
{
    /// <summary>Removes what was left, and nothing that a living process may hold.</summary>
    /// <returns>What was removed, for people.</returns>
    /// <exception cref="LadingException">It was refused.</exception>
    Task<IReadOnlyList<string>> CleanAsync(CancellationToken cancellationToken);
}
