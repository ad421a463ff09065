using Lading.Retention.Evidence;

namespace Lading.Tests.Retention.Acting;

/// <summary>Lets something happen once, after some steps.</summary>
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

/// <summary>Evidence, each reading of which is a step.</summary>
internal sealed class SteppedEvidence(IRetentionEvidence inner, Countdown at) : IRetentionEvidence
{
    public async Task<RetentionEvidence> ReadAsync(CancellationToken cancellationToken)
    {
        await at.StepAsync();
        return await inner.ReadAsync(cancellationToken);
    }
}
