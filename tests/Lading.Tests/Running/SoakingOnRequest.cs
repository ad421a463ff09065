using System.Reflection;
using Lading.Testing;

namespace Lading.Tests.Running;

/// <summary>Long runs are started by <c>./build soak</c>, and by nothing else.</summary>
public sealed class SoakingOnRequest
{
    [Fact]
    public void Every_long_run_is_explicit_and_every_explicit_test_is_a_long_run()
    {
        var tests = typeof(SoakingOnRequest)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttribute<FactAttribute>() is not null)
            .ToList();
        var soaks = tests.Where(IsSoak).Select(Name).ToList();

        Assert.NotEmpty(soaks);
        Assert.Equal(soaks, tests.Where(method => method.GetCustomAttribute<FactAttribute>()!.Explicit).Select(Name));
    }

    [Theory]
    [InlineData(null, 9_999, true)]
    [InlineData(null, 10_000, false)]
    [InlineData("50", 49, true)]
    [InlineData("50", 50, false)]
    [InlineData("10m", 1_000_000, true)]
    [InlineData("0s", 0, false)]
    public void A_limit_is_a_number_of_steps_or_a_time(string? limit, int taken, bool goesOn) =>
        Assert.Equal(goesOn, SoakLimit.Parse(limit, "7").GoesOn(taken));

    [Fact]
    public void A_run_is_repeated_by_its_seed()
    {
        Assert.Equal(7, SoakLimit.Parse("50", "7").Seed);
        Assert.Throws<FormatException>(() => SoakLimit.Parse("ten", null));
    }

    private static bool IsSoak(MethodInfo method) =>
        method.GetCustomAttributes<TraitAttribute>().Any(trait => trait is { Name: "Run", Value: "soak" });

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
