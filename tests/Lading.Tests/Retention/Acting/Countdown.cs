using Lading.Retention.Evidence;

namespace Lading.Tests.Retention.Acting;

/// <summary>Makes something happen once, after a number of steps.</summary>
internal sealed class Countdown(int steps, Func<Task> happen)
{
    private int left = steps;

    public bool HasHappened { get; private set; }

    public async Task StepAsync()
    {
        if (left-- == 0)
        {
            HasHappened = true;
            await happen();
        }
    }
}

/// <summary>Evidence; each reading is a step.</summary>
internal sealed class SteppedEvidence(IRetentionEvidence inner, Countdown at) : IRetentionEvidence
{
    public async Task<RetentionEvidence> ReadAsync(CancellationToken cancellationToken)
    {
        await at.StepAsync();
        return await inner.ReadAsync(cancellationToken);
    }
}
