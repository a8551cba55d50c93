# Reads an LDIF with Net::LDAP::LDIF and counts the entries that have mail.
use strict;
use warnings;
use Net::LDAP::LDIF;

my $ldif = Net::LDAP::LDIF->new($ARGV[0], 'r', onerror => 'die');
my ($entries, $with_mail) = (0, 0);
while (my $entry = $ldif->read_entry()) {
  $entries++;
  $with_mail++ if $entry->exists('mail');
}
print "$entries $with_mail\n";
