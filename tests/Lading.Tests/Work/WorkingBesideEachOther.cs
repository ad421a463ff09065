namespace Lading.Tests.Work;

/// <summary>Work ends with the scope that started it.</summary>
public sealed class WorkingBesideEachOther
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_has_ended_when_an_exception_leaves_its_scope()
    {
        var ended = false;

        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await using var work = new ConcurrentWork<int>(WaitAsync, Cancelled);
            throw new InvalidOperationException();
        });

        Assert.True(ended);

        async Task<int> WaitAsync(CancellationToken cancellationToken)
        {
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return 1;
            }
            finally
            {
                await Task.Delay(20, CancellationToken.None);
                ended = true;
            }
        }
    }

    [Fact]
    public async Task Its_result_is_returned_and_its_failure_thrown()
    {
        await using var good = new ConcurrentWork<int>(_ => Task.FromResult(7), Cancelled);
        await using var bad = new ConcurrentWork<int>(_ => Task.FromException<int>(new IOException()), Cancelled);

        Assert.Equal(7, await good.Result);
        await Assert.ThrowsAsync<IOException>(() => bad.Result);
    }
}
