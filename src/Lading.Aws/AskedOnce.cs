namespace Lading.Aws;

/// <summary>Asks once for what several want to know at the same time: whoever comes later waits for the same answer.</summary>
internal sealed class AskedOnce<T>
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Task<T>> answers = new(StringComparer.Ordinal);

    /// <summary>The answer about something.</summary>
    /// <param name="about">What it is about.</param>
    /// <param name="ask">Asks for it.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task<T> GetAsync(string about, Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (!answers.TryGetValue(about, out var answer))
            {
                answers[about] = answer = ask();
            }

            return answer.WaitAsync(cancellationToken);
        }
    }
}
