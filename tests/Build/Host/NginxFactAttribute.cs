namespace NaturalThoughts.Build.Tests.Host;

/// <summary>A test with a real nginx; skipped, and said so, where none is installed.</summary>
public sealed class NginxFactAttribute : FactAttribute
{
    public NginxFactAttribute() => Skip = Nginx.Path is null ? "nginx is not installed (apt-get install nginx-light); .ci/run installs it where it may." : null;
}
