using System.Net;
using Lading.Http;

namespace Lading.Tests.Http;

/// <summary>Which requests go through which proxy, as described in docs/proxies.md.</summary>
public sealed class ChoosingAProxy
{
    private const string Proxy = "http://proxy.example:3128";

    [Theory]
    [InlineData("http://127.0.0.1:5000/v2/")]
    [InlineData("http://127.8.9.10/")]
    [InlineData("http://[::1]:5000/v2/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://localhost:5000/")]
    [InlineData("http://LOCALHOST/")]
    [InlineData("http://s3.localhost/")]
    [InlineData("http://0.0.0.0:5000/")]
    [InlineData("http://169.254.169.254/latest/api/token")]
    [InlineData("http://169.254.170.2/v2/credentials/x")]
    [InlineData("http://169.254.170.23/v1/credentials")]
    [InlineData("http://[fd00:ec2::254]/latest/api/token")]
    [InlineData("http://[fd00:ec2::23]/v1/credentials")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("https://127.0.0.1/")]
    public void Loopback_and_credential_endpoints_are_never_reached_through_a_proxy(string target)
    {
        var proxies = Read(("HTTP_PROXY", Proxy), ("HTTPS_PROXY", Proxy), ("ALL_PROXY", Proxy));

        Assert.Null(proxies.Find(new Uri(target)));
        Assert.True(((IWebProxy)proxies).IsBypassed(new Uri(target)));
    }

    [Theory]
    [InlineData("HTTPS_PROXY", "https://registry.example/", true)]
    [InlineData("https_proxy", "https://registry.example/", true)]
    [InlineData("HTTPS_PROXY", "http://registry.example/", false)]
    [InlineData("HTTP_PROXY", "http://registry.example/", true)]
    [InlineData("http_proxy", "http://registry.example/", true)]
    [InlineData("HTTP_PROXY", "https://registry.example/", false)]
    [InlineData("ALL_PROXY", "https://registry.example/", true)]
    [InlineData("all_proxy", "http://registry.example/", true)]
    [InlineData("NO_PROXY", "http://registry.example/", false)]
    public void A_variable_in_either_case_applies_to_its_scheme(string variable, string target, bool proxied)
    {
        Assert.Equal(proxied ? variable : null, Read((variable, Proxy)).Find(new Uri(target))?.Origin);
    }

    [Fact]
    public void The_variable_of_a_scheme_wins_over_ALL_PROXY_and_upper_case_over_lower_case()
    {
        var proxies = Read(
            ("ALL_PROXY", "http://all.example"),
            ("HTTPS_PROXY", "http://large.example"),
            ("https_proxy", "http://small.example")
        );

        Assert.Equal("large.example", proxies.Find(new Uri("https://a.example"))?.Address.Host);
        Assert.Equal("all.example", proxies.Find(new Uri("http://a.example"))?.Address.Host);
    }

    [Fact]
    public void A_program_run_by_a_web_server_ignores_HTTP_PROXY()
    {
        Assert.Null(Read(("REQUEST_METHOD", "GET"), ("HTTP_PROXY", Proxy)).Find(new Uri("http://a.example")));
    }

    // The cases of Go's httpproxy: https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config
    [Theory]
    [InlineData("example.com", "http://example.com/", true)]
    [InlineData("example.com", "http://www.example.com/", true)]
    [InlineData("example.com", "http://myexample.com/", false)]
    [InlineData("EXAMPLE.com", "http://www.Example.COM/", true)]
    [InlineData(".example.com", "http://example.com/", false)]
    [InlineData(".example.com", "http://www.example.com/", true)]
    [InlineData("*.example.com", "http://example.com/", false)]
    [InlineData("*.example.com", "http://a.b.example.com/", true)]
    [InlineData("*example.com", "http://example.com/", false)]
    [InlineData("*", "http://anything.example/", true)]
    [InlineData("a.example, *", "http://anything.example/", true)]
    [InlineData("example.com:8080", "http://example.com:8080/", true)]
    [InlineData("example.com:8080", "http://example.com/", false)]
    [InlineData("example.com:80", "http://example.com/", true)]
    [InlineData("example.com:443", "https://www.example.com/", true)]
    [InlineData("10.1.2.3", "http://10.1.2.3:5000/", true)]
    [InlineData("10.1.2.3:5000", "http://10.1.2.3:5000/", true)]
    [InlineData("10.1.2.3:5000", "http://10.1.2.3/", false)]
    [InlineData("10.0.0.0/8", "http://10.200.0.1/", true)]
    [InlineData("10.1.2.3/8", "http://10.200.0.1/", true)]
    [InlineData("10.0.0.0/8", "http://11.0.0.1/", false)]
    [InlineData("10.128.0.0/9", "http://10.1.0.1/", false)]
    [InlineData("10.0.0.0/8", "http://10.example/", false)]
    [InlineData("2001:db8::/32", "http://[2001:db8::1]/", true)]
    [InlineData("2001:db8::1", "http://[2001:db8::1]/", true)]
    [InlineData("[2001:db8::1]:5000", "http://[2001:db8::1]:5000/", true)]
    [InlineData("[2001:db8::1]:5000", "http://[2001:db8::1]/", false)]
    [InlineData("10.0.0.1/33", "http://10.0.0.1/", false)]
    [InlineData("bücher.example", "http://xn--bcher-kva.example/", true)]
    [InlineData(",,:80, ,", "http://example.com/", false)]
    [InlineData("", "http://example.com/", false)]
    public void NO_PROXY_is_read_as_Go_reads_it(string list, string target, bool direct)
    {
        Assert.Equal(
            direct,
            Read(("HTTP_PROXY", Proxy), ("HTTPS_PROXY", Proxy), ("NO_PROXY", list)).Find(new Uri(target)) is null
        );
        Assert.Equal(
            direct,
            Read(("http_proxy", Proxy), ("https_proxy", Proxy), ("no_proxy", list)).Find(new Uri(target)) is null
        );
    }

    [Theory]
    [InlineData("proxy.example:3128", "http://proxy.example:3128")]
    [InlineData("proxy.example", "http://proxy.example:80")]
    [InlineData("http://proxy.example:3128/", "http://proxy.example:3128")]
    [InlineData("https://proxy.example", "https://proxy.example:443")]
    [InlineData("socks5://proxy.example", "socks5://proxy.example:1080")]
    [InlineData("socks5h://proxy.example:9", "socks5://proxy.example:9")]
    [InlineData("http://ada:s%40cret@proxy.example:3128", "http://proxy.example:3128")]
    public void The_address_of_a_proxy_is_read_in_all_its_forms(string value, string expected)
    {
        var found = Read(("HTTPS_PROXY", value)).Find(new Uri("https://registry.example"));

        Assert.Equal($"{expected} (HTTPS_PROXY)", found?.ToString());
    }

    [Fact]
    public void The_login_of_a_proxy_is_sent_only_to_it_and_never_shown()
    {
        var proxies = Read(("HTTPS_PROXY", "http://ada:s%40cret@proxy.example:3128"));

        var login = proxies.Credentials!.GetCredential(new Uri(Proxy), "Basic");

        Assert.Equal(("ada", "s@cret"), (login?.UserName, login?.Password));
        Assert.Null(proxies.Credentials.GetCredential(new Uri("http://other.example:3128"), "Basic"));
        Assert.DoesNotContain("cret", $"{proxies.Find(new Uri("https://a.example"))}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://ada:secret@proxy.example")]
    [InlineData("http://")]
    [InlineData("http://ada:secret@proxy.example:99999")]
    public void A_value_that_is_not_a_proxy_is_a_configuration_error_and_is_not_repeated(string value)
    {
        var failure = Assert.Throws<LadingException>(() => Read(("HTTPS_PROXY", value)));

        Assert.Equal(FailureKind.Usage, failure.Kind);
        Assert.Contains("HTTPS_PROXY", failure.Attempted, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_systems_settings_apply_if_there_are_no_variables()
    {
        var system = new WebProxy("http://system.example:8080");
        var alone = ProxyResolver.Read(_ => null, system);
        var beside = ProxyResolver.Read(name => name == "HTTP_PROXY" ? Proxy : null, system);

        Assert.Equal("system.example", alone.Find(new Uri("https://a.example"))?.Address.Host);
        Assert.Null(alone.Find(new Uri("http://169.254.169.254/")));
        Assert.Null(beside.Find(new Uri("https://a.example")));
    }

    private static ProxyResolver Read(params (string Name, string Value)[] variables) =>
        ProxyResolver.Read(name =>
            variables.FirstOrDefault(variable => variable.Name == name).Value is { Length: > 0 } value ? value : null
        );
}
